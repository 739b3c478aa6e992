/** JUnit 5 testkit: partitions, crashes and liars in the tests of whoever uses a ledger. */
@NullMarked
package dev.sampo.testkit;

import org.jspecify.annotations.NullMarked;
