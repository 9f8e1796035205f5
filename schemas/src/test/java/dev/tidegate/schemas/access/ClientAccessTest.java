package dev.tidegate.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and SASL of the process's clients, from files. */
final class ClientAccessTest {
  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(ClientAccess.KAFKA_PROPERTY);
    System.clearProperty(ClientAccess.REGISTRY_PROPERTY);
  }

  private void write(String property, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("client.properties"), text);
    System.setProperty(property, file.toString());
  }

  @Test
  void shouldConnectPlainlyWithoutAFile() {
    assertThat(ClientAccess.kafka()).isEmpty();
    assertThat(ClientAccess.registry()).isEmpty();
  }

  @Test
  void shouldLeaveSecretsOfKafkaWhereTheyAre() throws IOException {
    write(
        ClientAccess.KAFKA_PROPERTY,
        "security.protocol=SSL\nssl.keystore.password=${directory:/etc/secrets:password}\n");

    assertThat(ClientAccess.kafkaProperties())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("ssl.keystore.password", "${directory:/etc/secrets:password}");
  }

  @Test
  void shouldRefuseWhatIsNotAboutConnectingWithoutItsValue() throws IOException {
    write(ClientAccess.KAFKA_PROPERTY, "acks=a-value\n");

    assertThatThrownBy(ClientAccess::kafka)
        .hasMessageContaining("client.properties: acks says nothing about connecting")
        .hasMessageNotContaining("a-value");
  }

  @Test
  void shouldNameAFileThatIsNotThere() {
    System.setProperty(ClientAccess.KAFKA_PROPERTY, folder.resolve("none").toString());

    assertThatThrownBy(ClientAccess::kafka).hasMessageContaining("none cannot be read");
  }

  @Test
  void shouldLookUpSecretsOfTheRegistry() throws IOException {
    Files.writeString(folder.resolve("password"), "s3cret");
    write(
        ClientAccess.REGISTRY_PROPERTY,
        """
        config.providers=directory
        config.providers.directory.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider
        ssl.truststore.location=/ca.p12
        ssl.truststore.password=${directory:FOLDER:password}
        basic.auth.credentials.source=USER_INFO
        """
            .replace("FOLDER", folder.toString()));

    assertThat(ClientAccess.registry())
        .containsEntry("schema.registry.ssl.truststore.location", "/ca.p12")
        .containsEntry("schema.registry.ssl.truststore.password", "s3cret")
        .containsEntry("basic.auth.credentials.source", "USER_INFO")
        .hasSize(3);
  }
}
