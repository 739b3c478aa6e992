package dev.sampo.node.cluster;

/**
 * What a node says of a ledger that it hosts.
 *
 * @param name what the node calls it
 * @param id in 64 lower-case hexadecimal digits
 * @param isFirst whether requests that name no ledger are about it
 * @param isReady whether the node would serve it now
 * @param takesSubmissions whether it is a validator's; false for that of a reader
 * @param lag by how many blocks it is behind the highest height that any validator reports
 */
public record ReplicaNotice(
    String name,
    String id,
    String engine,
    String application,
    int validators,
    boolean isFirst,
    boolean isReady,
    boolean takesSubmissions,
    long height,
    long lag) {

  /** No text of a notice is longer. */
  public static final int TEXT_MAX = 256;

  public ReplicaNotice {
    requireShort(name);
    requireShort(id);
    requireShort(engine);
    requireShort(application);
  }

  static void requireShort(String text) {
    if (text.length() > TEXT_MAX) {
      throw new IllegalArgumentException("a text of a notice has " + text.length() + " characters");
    }
  }
}
