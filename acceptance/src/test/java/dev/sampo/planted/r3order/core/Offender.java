package dev.sampo.planted.r3order.core;

import java.util.Set;

/** Its order differs from run to run. */
final class Offender {
  Set<String> names() {
    return Set.of("alice", "bob");
  }
}
