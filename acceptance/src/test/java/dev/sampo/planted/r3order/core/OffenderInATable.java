package dev.sampo.planted.r3order.core;

import java.util.HashMap;
import java.util.Map;

/** Keeps the order of hashes. */
final class OffenderInATable {
  Map<String, Integer> balances() {
    return new HashMap<>();
  }
}
