package dev.tidegate.app.terminal;

/** Where work that takes a while says how far it is. Thread safe. */
public interface Progress {
  /**
   * A step begins.
   *
   * @param step what is being done, in a few words
   * @param total how much there is to do, in the unit of {@link #at}; 0 if that is not known
   */
  void begin(String step, long total);

  /** How much of the step is done. */
  void at(long done);

  /** The step is done. */
  void end();

  /** Says nothing. */
  Progress SILENT =
      new Progress() {
        @Override
        public void begin(String step, long total) {}

        @Override
        public void at(long done) {}

        @Override
        public void end() {}
      };
}
