/** {@code sampo bench}: what a transfer costs, and how long it takes. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster.bench;
