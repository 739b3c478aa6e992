/** Signatures that cost little and that nobody in a simulated world can forge. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.crypto;
