package dev.sampo.planted.r3order.core;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The collector chooses a hash table unasked. */
final class OffenderInAStream {
  Map<Integer, List<String>> byLength(List<String> names) {
    return names.stream().collect(Collectors.groupingBy(String::length));
  }
}
