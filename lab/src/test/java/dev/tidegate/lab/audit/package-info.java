/** Tests that the auditor finds what was planted. */
package dev.tidegate.lab.audit;
