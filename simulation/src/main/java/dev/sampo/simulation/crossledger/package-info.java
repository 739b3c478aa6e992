/** Networks of simulated ledgers that send each other packets (protocol 4.1), under faults. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.crossledger;
