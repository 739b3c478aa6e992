package dev.sampo.cluster.launch;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What may be chosen about the JVM of a node.
 *
 * @param pauses where it writes how long its collector stopped it; nothing: nowhere
 */
public record NodeJvm(Collector collector, Optional<Path> pauses) {

  /** As nodes are shipped. */
  public static final NodeJvm SHIPPED = new NodeJvm(Collector.SERIAL, Optional.empty());
}
