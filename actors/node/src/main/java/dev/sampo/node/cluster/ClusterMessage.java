package dev.sampo.node.cluster;

/** Marks what may travel between members of the cluster; encoded as CBOR, and nothing else is. */
public interface ClusterMessage {}
