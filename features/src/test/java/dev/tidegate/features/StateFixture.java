package dev.tidegate.features;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * State of one task that an earlier build wrote, to be read by two. What is new stands in a folder
 * of its version. A file is written once by {@code -Dtidegate.fixture.write=true}, if it is not
 * there, and never changed.
 *
 * @param file its bytes
 */
record StateFixture(Path file) {
  /** Key groups of the job that wrote it, and of those that read it. */
  static final int KEY_GROUPS = 16;

  /** How many tasks read it. */
  static final int SUBTASKS = 2;

  /** What makes the state. */
  interface Making {
    OperatorSubtaskState state() throws Exception;
  }

  static StateFixture of(String name) {
    return new StateFixture(Path.of("src/test/resources/state").resolve(name));
  }

  void writeOnce(Making making) throws Exception {
    if (Boolean.getBoolean("tidegate.fixture.write") && !Files.exists(file)) {
      Files.createDirectories(file.getParent());
      OperatorSnapshotUtil.writeStateHandle(making.state(), file.toString());
    }
  }

  /** What one of the two is given. */
  OperatorSubtaskState part(int subtask) throws Exception {
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        OperatorSnapshotUtil.readStateHandle(file.toString()), KEY_GROUPS, 1, SUBTASKS, subtask);
  }

  /** Whether a key is one of the two's. */
  static boolean isOf(Object key, int subtask) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, KEY_GROUPS, SUBTASKS)
        == subtask;
  }
}
