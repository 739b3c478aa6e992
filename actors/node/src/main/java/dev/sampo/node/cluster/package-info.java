/**
 * The Pekko Cluster of one trust domain: who is in it, and the keys that let a node in (decision
 * 3).
 */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.cluster;
