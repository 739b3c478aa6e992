package dev.sampo.simulation.wan;

/**
 * The times of one transaction, in nanoseconds of the simulated world.
 *
 * @param submitted its gateway took it
 * @param ready whoever proposed it had what it needed for that: the transaction, or the proof of
 *     availability of its batch, or the batch
 * @param proposed the proposal was sent
 * @param done the block was final and stored at its gateway
 */
record Passage(Way way, long submitted, long ready, long proposed, long done) {

  long total() {
    return done - submitted;
  }

  long waiting() {
    return proposed - ready;
  }

  /** Without the waiting: what messages and disks take. */
  long travelling() {
    return total() - waiting();
  }

  long fromProposal() {
    return done - proposed;
  }
}
