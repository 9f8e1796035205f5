package dev.tidegate.schemas.codec;

/** Where schemas have numbers. */
public interface SchemaRegistry {
  /**
   * Registers a schema under a subject, or finds the number it already has there.
   *
   * @return the schema's id, as it stands on the wire
   * @throws RegistryException if the schema is incompatible or the registry does not answer
   */
  int register(String subject, String schemaJson);

  /**
   * The schema with an id.
   *
   * @return Avro schema JSON
   * @throws RegistryException if there is none or the registry does not answer
   */
  String schemaById(int id);
}
