package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.flink.JobConfiguration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.junit.jupiter.api.Test;
import org.rocksdb.CompressionType;

/** The settings that jobs give to RocksDB by name are such that Flink knows. */
final class StateSettingsTest {
  @Test
  void shouldBeKnownToFlink() {
    Configuration settings = new Configuration();

    JobConfiguration.tuneState(settings);

    assertThat(settings.get(RocksDBConfigurableOptions.USE_BLOOM_FILTER)).isTrue();
    assertThat(settings.get(RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL))
        .containsExactly(
            CompressionType.NO_COMPRESSION,
            CompressionType.NO_COMPRESSION,
            CompressionType.SNAPPY_COMPRESSION);
    assertThat(settings.get(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE))
        .isEqualTo(MemorySize.ofMebiBytes(2));
    assertThat(settings.get(RocksDBConfigurableOptions.MAX_WRITE_BUFFER_NUMBER)).isEqualTo(4);
    assertThat(settings.get(RocksDBConfigurableOptions.MAX_SIZE_LEVEL_BASE))
        .isEqualTo(MemorySize.ofMebiBytes(16));
    assertThat(settings.get(RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS)).isEqualTo(8);
    assertThat(settings.keySet()).hasSize(JobConfiguration.STATE.size()).hasSize(6);
  }
}
