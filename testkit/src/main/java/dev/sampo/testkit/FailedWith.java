package dev.sampo.testkit;

/** Attached to a test's failure: under which seed and faults it came about. */
final class FailedWith extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FailedWith(String circumstances) {
    super(circumstances, null, false, false);
  }
}
