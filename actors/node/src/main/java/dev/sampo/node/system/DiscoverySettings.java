package dev.sampo.node.system;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a node finds the members of its cluster, where no list of seeds is given.
 *
 * @param method a discovery method of Pekko, such as {@link #DNS}
 * @param settings of the method, by their paths in Pekko's configuration
 * @param service what is looked up: a DNS name, or the value of a label of Kubernetes pods
 * @param portName of the port that members meet at: with it DNS is asked for SRV records, and pods
 *     for the port that one of their containers calls so; else it is the port of this node
 * @param mayForm whether this node forms a cluster if there is none; one node of a cluster may
 * @param requiredContactPoints how many have to be found, this node included, before it forms one
 */
public record DiscoverySettings(
    String method,
    Map<String, String> settings,
    String service,
    Optional<String> portName,
    boolean mayForm,
    int requiredContactPoints) {

  public static final String DNS = "pekko-dns";
  public static final String KUBERNETES = "kubernetes-api";

  public DiscoverySettings {
    settings = Map.copyOf(settings);
  }

  /** As above, of a method that has no settings. */
  public DiscoverySettings(
      String method,
      String service,
      Optional<String> portName,
      boolean mayForm,
      int requiredContactPoints) {
    this(method, Map.of(), service, portName, mayForm, requiredContactPoints);
  }

  /**
   * What {@link #KUBERNETES} is told of the pods that it asks for.
   *
   * @param namespace where they are; that of this node's own pod if nothing is said
   * @param label the key of the label whose value is the service
   */
  public static Map<String, String> pods(Optional<String> namespace, String label) {
    var settings = new TreeMap<String, String>();
    settings.put("pekko.discovery.kubernetes-api.pod-label-selector", label + "=%s");
    namespace.ifPresent(name -> settings.put("pekko.discovery.kubernetes-api.pod-namespace", name));
    return settings;
  }
}
