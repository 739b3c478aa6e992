package dev.sampo.cluster.config;

import java.util.Optional;

/**
 * How a node finds the members of its cluster, in place of seeds.
 *
 * @param service what is looked up: a DNS name, or the value of a label of pods
 * @param pods of Kubernetes, and only there
 * @param portName with it DNS is asked for SRV records, and pods for a port of that name
 * @param mayForm whether this node forms a cluster if there is none
 * @param requiredContactPoints how many have to be found, this node included, before it forms one
 */
public record DiscoverySection(
    Kind kind,
    String service,
    Optional<Pods> pods,
    Optional<String> portName,
    boolean mayForm,
    int requiredContactPoints) {

  /** Where it looks. */
  public enum Kind {
    DNS("dns"),
    KUBERNETES("kubernetes");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** As it is written. */
    public String label() {
      return label;
    }

    /** Throws {@link IllegalArgumentException} for anything but a label. */
    static Kind labelled(String text) {
      for (var kind : values()) {
        if (kind.label.equals(text)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("dns or kubernetes, not " + text);
    }
  }

  /**
   * Which pods are members.
   *
   * @param namespace where they are; that of the own pod if nothing is said
   * @param label the key of the label that has the service's name
   */
  public record Pods(Optional<String> namespace, String label) {

    private static final String LABEL = "app";

    private static Pods read(Section section) {
      return new Pods(
          section.optional("namespace", text -> matching("a namespace", NAME, text)),
          section
              .optional("label", text -> matching("the key of a label", KEY, text))
              .orElse(LABEL));
    }
  }

  /** No cluster is larger. */
  static final int CONTACT_POINTS_MAX = 64;

  /** Names of DNS (RFC 1035), which also has all that the values of labels may be. */
  private static final String SERVICE = "[A-Za-z0-9._-]{1,253}";

  /** Of a namespace (RFC 1123), and of a label: a prefix that is a DNS name, and a name. */
  private static final String NAME = "[a-z0-9-]{1,63}";

  private static final String KEY = "([a-z0-9.-]{1,253}/)?[A-Za-z0-9._-]{1,63}";

  static DiscoverySection read(Section section) {
    try (section) {
      var kind = section.parsed("kind", Kind.DNS, Kind::labelled);
      return new DiscoverySection(
          kind,
          section.parsed("service", "none", text -> matching("a service", SERVICE, text)),
          pods(kind, section),
          section.optional("port-name", text -> text),
          section.optional("may-form", DiscoverySection::bool).orElse(false),
          section.optional("required-contact-points", DiscoverySection::count).orElse(2));
    }
  }

  private static Optional<Pods> pods(Kind kind, Section section) {
    return switch (kind) {
      case KUBERNETES -> Optional.of(Pods.read(section));
      case DNS -> {
        section.refuse("namespace", "belongs to kind = kubernetes");
        section.refuse("label", "belongs to kind = kubernetes");
        yield Optional.empty();
      }
    };
  }

  private static String matching(String what, String form, String text) {
    if (!text.matches(form)) {
      throw new IllegalArgumentException("no name of " + what + ": '" + text + "'");
    }
    return text;
  }

  private static boolean bool(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("true or false, not " + text);
    }
    return text.equals("true");
  }

  private static int count(String text) {
    int count = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    if (count < 1 || count > CONTACT_POINTS_MAX) {
      throw new IllegalArgumentException("1 to " + CONTACT_POINTS_MAX + ", not " + text);
    }
    return count;
  }
}
