/** A deterministic world for consensus engines: virtual time, lossy links, disks that forget. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.consensus.testing;
