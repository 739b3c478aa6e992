package dev.sampo.node.placing;

import dev.sampo.core.types.LedgerId;
import java.util.SortedSet;

/** What came of the wish to move a ledger to another node of its validator. */
public sealed interface MoveAnswer {

  /** The node that hosts it releases it, and the other one takes it over. */
  record UnderWay(String from) implements MoveAnswer {}

  /** It is there already. */
  record AlreadyThere() implements MoveAnswer {}

  /** The validator has no such node. */
  record UnknownNode(SortedSet<String> nodes) implements MoveAnswer {}

  /** The validator has the node, but nothing was heard of it lately. */
  record AbsentNode(SortedSet<String> present) implements MoveAnswer {}

  /** The validator has no replica of the ledger. */
  record UnknownLedger(LedgerId ledger) implements MoveAnswer {}

  /** Nobody hosts it at the moment: it is being moved or taken over. */
  record BetweenNodes() implements MoveAnswer {}

  /** The copy that was to end is not the one that runs. */
  record OtherCopy(long writerEpoch) implements MoveAnswer {}
}
