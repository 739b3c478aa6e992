/** {@code sampo bench footprint}: what an idle actor costs, and an idle thread. */
@org.jspecify.annotations.NullMarked
package dev.sampo.benchmarks.footprint;
