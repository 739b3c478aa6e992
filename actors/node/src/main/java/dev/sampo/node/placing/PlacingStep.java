package dev.sampo.node.placing;

import dev.sampo.core.types.LedgerId;

/** What a node is to do next. */
sealed interface PlacingStep {

  /** Nobody hosts the ledger, and it is this node's turn. */
  record TakeOver(LedgerId ledger) implements PlacingStep {}

  /** Another node has more room. */
  record HandOver(LedgerId ledger, String to) implements PlacingStep {}

  /** Another node hosts a newer copy. */
  record Drop(LedgerId ledger) implements PlacingStep {}
}
