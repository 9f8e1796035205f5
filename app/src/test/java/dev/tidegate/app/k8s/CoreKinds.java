package dev.tidegate.app.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Kubernetes' own kinds, read as typed objects: no field that the type does not know, no value of
 * another type, and a kind that exists. Unknown fields do not fail the reading, so they are looked
 * for in every object afterwards.
 */
final class CoreKinds implements Check {
  private static final String MODEL = "io.fabric8.kubernetes.api.model";
  private static final KubernetesSerialization TYPED = new KubernetesSerialization();
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    for (Manifest manifest : manifests) {
      if (manifest.core()) {
        check(manifest, manifest.body(), null, findings);
      } else if (manifest.kind().equals("FlinkDeployment")) {
        check(manifest, withoutKind(manifest.pod()), PodTemplateSpec.class, findings);
      }
    }
    return findings;
  }

  /** A pod template with the words "kind: Pod", which Flink's operator allows, has no such type. */
  private static JsonNode withoutKind(JsonNode pod) {
    if (pod.isMissingNode()) {
      return JSON.createObjectNode();
    }
    var copy = pod.<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy();
    copy.remove(List.of("kind", "apiVersion"));
    return copy;
  }

  private static void check(
      Manifest manifest, JsonNode body, Class<?> type, List<String> findings) {
    try {
      String json = JSON.writeValueAsString(body);
      Object read = type == null ? TYPED.unmarshal(json) : TYPED.unmarshal(json, type);
      if (type == null && (!(read instanceof HasMetadata) || generic(read))) {
        findings.add(manifest.label() + ": no such kind in " + manifest.apiVersion());
        return;
      }
      walk(read, "", manifest.label(), findings);
    } catch (JsonProcessingException | RuntimeException e) {
      findings.add(manifest.label() + ": " + root(e));
    }
  }

  private static boolean generic(Object read) {
    return read.getClass().getSimpleName().startsWith("Generic");
  }

  private static String root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("unreadable");
  }

  private static void walk(Object value, String path, String label, List<String> findings) {
    if (value instanceof Collection<?> list) {
      list.forEach(item -> walk(item, path + "[]", label, findings));
      return;
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> walk(item, path + "." + key, label, findings));
      return;
    }
    if (value == null || value instanceof Enum || !value.getClass().getName().startsWith(MODEL)) {
      return;
    }
    for (Method getter : value.getClass().getMethods()) {
      if (getter.getParameterCount() == 0 && getter.getName().startsWith("get")) {
        Object held = call(getter, value);
        if (getter.getName().equals("getAdditionalProperties")) {
          ((Map<?, ?>) held)
              .keySet()
              .forEach(key -> findings.add(label + ": unknown field " + path + "." + key));
        } else {
          walk(held, path + "." + field(getter), label, findings);
        }
      }
    }
  }

  private static String field(Method getter) {
    String name = getter.getName().substring("get".length());
    return name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1);
  }

  private static Object call(Method getter, Object value) {
    try {
      return getter.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(getter + " failed", e);
    }
  }
}
