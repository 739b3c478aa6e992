/** A ledger as a test sees it, whether its validators are simulated or real. */
@NullMarked
package dev.sampo.testkit.ledger;

import org.jspecify.annotations.NullMarked;
