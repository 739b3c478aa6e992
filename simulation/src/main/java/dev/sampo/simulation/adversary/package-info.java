/** Byzantine behaviours (protocol 2.21): an honest machine whose messages are rewritten. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.adversary;
