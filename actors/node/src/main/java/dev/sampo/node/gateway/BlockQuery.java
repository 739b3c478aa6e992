package dev.sampo.node.gateway;

import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;

/** Which block is asked for; only final, executed blocks are answered (fault 99). */
public sealed interface BlockQuery {

  record ByHeight(Height height) implements BlockQuery {}

  record ByHash(Hash hash) implements BlockQuery {}

  /** The newest one that is final and executed. */
  record Latest() implements BlockQuery {}
}
