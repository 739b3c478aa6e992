/** Validators, clients, disks and links in virtual time. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.world;
