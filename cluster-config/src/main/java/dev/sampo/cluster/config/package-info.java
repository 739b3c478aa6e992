/** The configuration of a node: a strict reading of HOCON that lists every fault at once. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster.config;
