package dev.sampo.planted.r3order.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names its order. */
final class Innocent {
  Map<Integer, List<String>> byLength(List<String> names) {
    return names.stream()
        .collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.toList()));
  }

  Map<String, Integer> balances() {
    return new LinkedHashMap<>();
  }
}
