package dev.tidegate.graphaml.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A log's bytes in maps, as a state backend would keep them. */
public class HeapLogStore implements LogStore {
  private final Map<Long, byte[]> chunks = new HashMap<>();
  private final Map<Long, long[]> accounts = new HashMap<>();
  private long @Nullable [] header;
  long bytesPut;

  /** What a checkpoint holds: later changes are not in it. */
  public HeapLogStore checkpoint() {
    HeapLogStore copy = new HeapLogStore();
    copy.chunks.putAll(chunks);
    copy.accounts.putAll(accounts);
    copy.header = header;
    return copy;
  }

  int chunks() {
    return chunks.size();
  }

  int entries() {
    return accounts.size();
  }

  @Override
  public long @Nullable [] header() {
    return header;
  }

  @Override
  public void putHeader(long[] header) {
    this.header = header;
  }

  @Override
  public byte[] chunk(long number) {
    return Objects.requireNonNull(chunks.get(number));
  }

  @Override
  public void putChunk(long number, byte[] chunk) {
    bytesPut += chunk.length;
    chunks.put(number, chunk);
  }

  @Override
  public void removeChunk(long number) {
    chunks.remove(number);
  }

  @Override
  public void accounts(AccountReader reader) {
    accounts.forEach((account, times) -> reader.account(account, times[0], times[1]));
  }

  @Override
  public void putAccount(long account, long firstMs, long lastMs) {
    accounts.put(account, new long[] {firstMs, lastMs});
  }

  @Override
  public void removeAccount(long account) {
    accounts.remove(account);
  }
}
