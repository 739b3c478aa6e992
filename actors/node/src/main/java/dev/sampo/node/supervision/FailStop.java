package dev.sampo.node.supervision;

import org.jspecify.annotations.Nullable;

/**
 * Stops the process at once: nothing may be promised after a broken invariant or a failed write
 * (faults 36, 47, 54). A restart recovers from the disk.
 */
@FunctionalInterface
public interface FailStop {

  void stop(String reason, @Nullable Throwable cause);
}
