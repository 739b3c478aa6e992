package dev.sampo.simulation.fault;

/** What a crash leaves of the writes that no sync has confirmed yet. */
public enum Tail {
  /** Nothing of them is on disk. */
  LOST,
  /** The last of them is there in part; its checksum does not match. */
  TORN,
  /** They are all on disk, although nobody was told so. */
  KEPT
}
