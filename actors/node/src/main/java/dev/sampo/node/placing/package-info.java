/** Which node of a validator hosts which of its ledgers (protocol 7.20, fault 34). */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.placing;
