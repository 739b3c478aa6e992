package dev.sampo.testkit;

/** Entry to the assertions about a ledger under test. */
public final class SampoAssertions {

  private SampoAssertions() {}

  public static NetworkAssert assertThat(SampoNetwork network) {
    return new NetworkAssert(network);
  }
}
