package dev.sampo.node.system;

import dev.sampo.node.system.Membership.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where members of the cluster may be, as they were found.
 *
 * @param others {@code host:port} of all but this node, each once
 */
record ContactPoints(Endpoint self, List<String> others) {

  /** More are not looked at. */
  static final int MAX = 64;

  private static final int PORT_MAX = 65_535;
  private static final int HOST_MAX = 253;

  ContactPoints {
    others = List.copyOf(others);
  }

  /** Of what was found those that make sense, in the order of their texts. */
  static ContactPoints of(Endpoint self, Collection<Endpoint> found) {
    var others = new TreeSet<String>();
    for (var point : found) {
      boolean isSound =
          point.port() > 0
              && point.port() <= PORT_MAX
              && !point.host().isBlank()
              && point.host().length() <= HOST_MAX;
      if (isSound && !point.equals(self)) {
        others.add(point.toString());
      }
    }
    return new ContactPoints(self, others.stream().limit(MAX).toList());
  }

  /**
   * Whom to join by; nothing as long as it is better to look again. Whoever comes first in the list
   * and is this node itself forms a cluster if no other is in one: only the one node that may.
   */
  Optional<List<String>> seeds(boolean mayForm, int required) {
    if (mayForm) {
      if (others.size() + 1 < required) {
        return Optional.empty();
      }
      var seeds = new ArrayList<String>();
      seeds.add(self.toString());
      seeds.addAll(others);
      return Optional.of(List.copyOf(seeds));
    }
    return others.isEmpty() ? Optional.empty() : Optional.of(others);
  }

  /** Those that are no members: they are starting, or form another cluster. */
  List<String> strangers(Collection<String> members) {
    return others.stream().filter(each -> !members.contains(each)).toList();
  }
}
