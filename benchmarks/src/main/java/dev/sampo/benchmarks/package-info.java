/** {@code sampo bench micro} and its neighbours: what single parts cost, and what they run on. */
@org.jspecify.annotations.NullMarked
package dev.sampo.benchmarks;
