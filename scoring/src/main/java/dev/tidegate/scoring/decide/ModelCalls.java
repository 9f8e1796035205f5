package dev.tidegate.scoring.decide;

import dev.tidegate.scoring.model.DeviceUse;
import java.util.List;

/** How a release's model is called: by the loop's own thread, or beside it under a time limit. */
interface ModelCalls extends AutoCloseable {
  /** Number of values in a row. */
  int width();

  /** Names of the models that it blends. */
  List<String> members();

  /** Where the model runs. */
  DeviceUse device();

  /** True if a call may be started. */
  boolean ready();

  /** Where no call may be started: tries to have another instance of the model, if that may be. */
  void retry();

  /** Starts a call; each start is followed by one {@link #finish}. */
  void start(RowBatch batch, int count);

  /**
   * Ends the call that was started.
   *
   * @return false if there was no answer in time: the batch is then the model's for good
   */
  boolean finish();

  /** Calls that are over their time and have not come back. */
  int hung();

  /** Closes each instance of the model, those that hang when they come back; waits for none. */
  @Override
  void close();
}
