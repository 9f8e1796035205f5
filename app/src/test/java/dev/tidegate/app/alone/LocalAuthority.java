package dev.tidegate.app.alone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority of a test's own, by the JDK's keytool. */
final class LocalAuthority {
  private final Path folder;
  private final String secret;

  /** Makes the authority and a store that trusts it, {@code trust.p12}. */
  LocalAuthority(Path folder, String secret) throws Exception {
    this.folder = folder;
    this.secret = secret;
    keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-dname",
        "CN=authority",
        "-ext",
        "bc:c",
        "-keyalg",
        "EC",
        "-keystore",
        "ca.p12");
    keytool("-exportcert", "-alias", "ca", "-keystore", "ca.p12", "-file", "ca.crt", "-rfc");
    keytool(
        "-importcert", "-noprompt", "-alias", "ca", "-file", "ca.crt", "-keystore", "trust.p12");
  }

  /** Makes a key with a certificate that the authority signed, {@code NAME.p12}. */
  void sign(String name) throws Exception {
    String store = name + ".p12";
    keytool(
        "-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC", "-keystore", store);
    keytool("-certreq", "-alias", name, "-keystore", store, "-file", name + ".csr");
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-keystore",
        "ca.p12",
        "-infile",
        name + ".csr",
        "-outfile",
        name + ".crt",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    keytool("-importcert", "-noprompt", "-alias", "ca", "-file", "ca.crt", "-keystore", store);
    keytool("-importcert", "-noprompt", "-alias", name, "-file", name + ".crt", "-keystore", store);
  }

  /** Kafka's settings for whom the authority signed. */
  Map<String, String> stores(String name) {
    return Map.of(
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        folder.resolve(name + ".p12").toString(),
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.location",
        folder.resolve("trust.p12").toString());
  }

  /** TLS of a server whom the authority signed. */
  SSLContext context(String name) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream store = Files.newInputStream(folder.resolve(name + ".p12"))) {
      keys.load(store, secret.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, secret.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", secret));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
  }
}
