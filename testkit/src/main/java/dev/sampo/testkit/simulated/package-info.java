/** A ledger under test whose validators, disks, links and clocks are simulated. */
@NullMarked
package dev.sampo.testkit.simulated;

import org.jspecify.annotations.NullMarked;
