package dev.sampo.cluster.demo;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.node.system.FreePorts;
import java.util.List;
import java.util.OptionalInt;

/** The loopback ports of a demo's validators, each list in the order of their indices. */
record DemoPorts(List<Integer> api, List<Integer> peer, List<Integer> cluster) {

  /** Where the first validator serves its API, unless someone else listens there. */
  static final int FIRST_API_PORT = 8080;

  DemoPorts {
    api = List.copyOf(api);
    peer = List.copyOf(peer);
    cluster = List.copyOf(cluster);
  }

  /** All of them chosen by the system. */
  static DemoPorts ephemeral(int validators) {
    return withApi(List.of(), validators);
  }

  /** The wanted API port and those that follow it, which must be free. */
  static DemoPorts wanted(OptionalInt first) {
    var api = FreePorts.consecutive(first.orElse(FIRST_API_PORT), DemoLayout.VALIDATORS);
    if (api.isEmpty() && first.isPresent()) {
      int last = first.getAsInt() + DemoLayout.VALIDATORS - 1;
      throw new CommandFailed(
          ExitCode.CONFLICT,
          "not all of the ports " + first.getAsInt() + " to " + last + " are free");
    }
    return withApi(api, DemoLayout.VALIDATORS);
  }

  private static DemoPorts withApi(List<Integer> api, int n) {
    var free = FreePorts.any(3 * n);
    return new DemoPorts(
        api.isEmpty() ? free.subList(0, n) : api,
        free.subList(n, 2 * n),
        free.subList(2 * n, 3 * n));
  }
}
