package dev.sampo.cluster.startup;

/**
 * Whom this JVM trusts where nobody says whom to trust. Each link of a node does say; without this
 * the JDK's list of public authorities would be read for its first plain-text connection, and kept.
 */
public final class DefaultTrust {

  private static final String PROPERTY = "javax.net.ssl.trustStore";

  /** The name of a store that is none: the reference guide of the JDK's TLS provider has it. */
  private static final String NOBODY = "NONE";

  private DefaultTrust() {}

  /** Nobody, unless the operator has named a store of authorities by the JDK's own property. */
  public static void nobody() {
    System.getProperties().putIfAbsent(PROPERTY, NOBODY);
  }
}
