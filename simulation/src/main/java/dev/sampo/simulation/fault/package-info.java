/** The one vocabulary of faults: of the testkit, scenario files, chaos runs and the swarm. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.fault;
