package dev.tidegate.scoring.djl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript files as {@code torch.jit.save} does: a zip, uncompressed, of the module's
 * code, its attributes as a pickle (protocol 2) that names tensors by number, and each tensor's
 * little-endian bytes. See PyTorch's {@code torch/csrc/jit/docs/serialization.md}.
 */
public final class TorchScriptFixture {
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private final StringBuilder fields = new StringBuilder();
  private final List<float[]> tensors = new ArrayList<>();

  /** A module without tensors. */
  public TorchScriptFixture() {
    bytes(0x80, 2);
    text("c__torch__\nNet\n)");
    bytes(0x81);
    text("}(");
    string("training");
    bytes(0x89);
    fields.append("  training : bool\n");
  }

  /** Adds a tensor as an attribute of the module, row-major. */
  public TorchScriptFixture tensor(String name, float[] values, int... shape) {
    fields.append("  ").append(name).append(" : Tensor\n");
    string(name);
    text("ctorch._utils\n_rebuild_tensor_v2\n((");
    string("storage");
    text("ctorch\nFloatStorage\n");
    string(Integer.toString(tensors.size()));
    string("cpu");
    number(values.length);
    text("tQ");
    number(0);
    text("(");
    for (int size : shape) {
      number(size);
    }
    text("t(");
    for (int i = 0; i < shape.length; i++) {
      int stride = 1;
      for (int j = i + 1; j < shape.length; j++) {
        stride *= shape[j];
      }
      number(stride);
    }
    text("t");
    bytes(0x89);
    text("ccollections\nOrderedDict\n)RtR");
    tensors.add(values.clone());
    return this;
  }

  /**
   * The file.
   *
   * @param result type of what forward gives
   * @param forward its body, one statement a line, over {@code self} and {@code x}
   */
  public byte[] write(String result, String... forward) {
    text("ub.");
    String code =
        "class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n"
            + fields
            + "  def forward(self: __torch__.Net,\n    x: Tensor) -> "
            + result
            + ":\n    "
            + String.join("\n    ", forward)
            + "\n";
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      entry(zip, "data.pkl", pickle.toByteArray());
      entry(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < tensors.size(); i++) {
        entry(zip, "data/" + i, littleEndian(tensors.get(i)));
      }
      entry(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      entry(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("net/" + name);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] littleEndian(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private void string(String value) {
    byte[] content = value.getBytes(StandardCharsets.UTF_8);
    bytes('X');
    pickle.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(content.length).array());
    pickle.writeBytes(content);
  }

  private void number(int value) {
    bytes('J');
    pickle.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void text(String opcodes) {
    pickle.writeBytes(opcodes.getBytes(StandardCharsets.US_ASCII));
  }

  private void bytes(int... values) {
    for (int value : values) {
      pickle.write(value);
    }
  }
}
