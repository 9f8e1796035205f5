package dev.tidegate.retrain.launch;

import java.util.List;

/**
 * Where training jobs run. A job is known by its name and outlives the launcher's process: as a
 * Kubernetes Job, or as a folder from which its process is started again. Not thread safe: the
 * launcher's thread alone calls it.
 */
public interface TrainingJobs extends AutoCloseable {
  /**
   * Makes sure that the job is there: creates it, or finds the one that was created for the same
   * order before.
   *
   * @throws JobRefused if there can be no such job, ever
   * @throws JobsUnavailable if it is not known whether there is one; to be tried again
   */
  void create(JobOrder order);

  /**
   * How a job stands.
   *
   * @throws JobsUnavailable if that cannot be known now
   */
  JobReport report(String jobName);

  /**
   * Lets a job be tidied away: what became of it stands in the ledger. Until then nothing may
   * remove it, or a request that is read again would not find it and create a second one.
   *
   * @throws JobsUnavailable if it could not be done now
   */
  void settle(String jobName);

  /**
   * Names of the jobs that may not be tidied away yet.
   *
   * @throws JobsUnavailable if that cannot be known now
   */
  List<String> unsettled();

  @Override
  void close();
}
