package dev.sampo.cluster.config;

import java.util.Optional;

/**
 * How a node finds the members of its cluster, in place of seeds.
 *
 * @param service the DNS name that is looked up
 * @param portName with it DNS is asked for SRV records
 * @param mayForm whether this node forms a cluster if there is none
 * @param requiredContactPoints how many have to be found, this node included, before it forms one
 */
public record DiscoverySection(
    Kind kind,
    String service,
    Optional<String> portName,
    boolean mayForm,
    int requiredContactPoints) {

  /** Where it looks. */
  public enum Kind {
    DNS("dns");

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
      throw new IllegalArgumentException("dns, not " + text);
    }
  }

  /** No cluster is larger. */
  static final int CONTACT_POINTS_MAX = 64;

  private static final int SERVICE_LENGTH_MAX = 253;

  static DiscoverySection read(Section section) {
    try (section) {
      return new DiscoverySection(
          section.parsed("kind", Kind.DNS, Kind::labelled),
          section.parsed("service", "none", DiscoverySection::service),
          section.optional("port-name", text -> text),
          section.optional("may-form", DiscoverySection::bool).orElse(false),
          section.optional("required-contact-points", DiscoverySection::count).orElse(2));
    }
  }

  private static String service(String text) {
    if (!text.matches("[A-Za-z0-9._-]{1," + SERVICE_LENGTH_MAX + "}")) {
      throw new IllegalArgumentException("no name of a service: '" + text + "'");
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
