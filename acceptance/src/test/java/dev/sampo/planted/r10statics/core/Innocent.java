package dev.sampo.planted.r10statics.core;

import java.util.List;

/** Never changes. */
final class Innocent {
  static final List<String> NAMES = List.of("alice", "bob");

  private Innocent() {}
}
