package dev.tidegate.lab.store;

import java.beans.Expression;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * S3Proxy on a free loopback port of this process, with one bucket in memory: the S3 protocol with
 * signed requests and multipart uploads. It brings a Jetty, Jackson and Guava of its own, so it is
 * loaded from its own jar, apart from the class path, and spoken to by the names of its methods.
 * Its plain store in memory has flat keys, as S3 has; those that look like a file system refuse to
 * delete the marker of a folder that is not empty, which Flink's plugin does for each file.
 */
public final class S3Store implements AutoCloseable {
  private final URLClassLoader classes;
  private final Object blobs;
  private final Object proxy;
  private final String bucket;

  private S3Store(URLClassLoader classes, String bucket, String accessKey, String secretKey)
      throws ReflectiveOperationException {
    this.classes = classes;
    this.bucket = bucket;
    this.blobs = blobs();
    call(blobs, "createContainerInLocation", null, bucket);
    Object signed =
        classes.loadClass("org.gaul.s3proxy.AuthenticationType").getField("AWS_V4").get(null);
    Object builder = call(classes.loadClass("org.gaul.s3proxy.S3Proxy"), "builder");
    call(builder, "endpoint", URI.create("http://127.0.0.1:0"));
    call(builder, "awsAuthentication", signed, accessKey, secretKey);
    call(builder, "blobStore", blobs);
    this.proxy = call(builder, "build");
    call(proxy, "start");
  }

  /** Starts the store; it answers nobody who does not sign with the secret key. */
  public static S3Store start(String bucket, String accessKey, String secretKey)
      throws IOException, ReflectiveOperationException {
    URLClassLoader classes =
        new URLClassLoader(
            new URL[] {S3Store.class.getResource("/s3proxy/"), jar().toUri().toURL()},
            ClassLoader.getPlatformClassLoader());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes); // where its own service loaders look
    try {
      return new S3Store(classes, bucket, accessKey, secretKey);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Path jar() {
    Path jar = Path.of(System.getProperty("tidegate.s3proxy", "target/s3/s3proxy.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar.toAbsolutePath() + " is missing; mvn verify copies it");
    }
    return jar;
  }

  private Object blobs() throws ReflectiveOperationException {
    Object builder =
        call(classes.loadClass("org.jclouds.ContextBuilder"), "newBuilder", "transient");
    call(builder, "credentials", "none", "none");
    Object context =
        call(builder, "build", classes.loadClass("org.jclouds.blobstore.BlobStoreContext"));
    return call(context, "getBlobStore");
  }

  /** Its address, without the bucket. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + call(proxy, "getPort"));
  }

  /** Ids of the multipart uploads that were begun and neither completed nor aborted. */
  public Set<Object> openUploads() {
    return ((Collection<?>) call(blobs, "listMultipartUploads", bucket))
        .stream().map(upload -> call(upload, "id")).collect(Collectors.toSet());
  }

  @Override
  public void close() throws IOException {
    call(proxy, "stop");
    classes.close();
  }

  private static Object call(Object target, String method, @Nullable Object... arguments) {
    try {
      return new Expression(target, method, arguments).getValue();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy: " + method, e);
    }
  }
}
