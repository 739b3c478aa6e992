package dev.sampo.node.gateway;

/** What came of the order to move a replica. */
public sealed interface MoveOutcome {

  /** The node {@code from} releases it, and then the other one takes it over. */
  record UnderWay(String from) implements MoveOutcome {}

  /** It is at the node that was named. */
  record AlreadyThere() implements MoveOutcome {}

  /**
   * Nothing has changed.
   *
   * @param code of the error catalogue
   * @param detail what exactly is the matter, without secrets
   */
  record Refused(String code, String detail) implements MoveOutcome {}
}
