package adamscope.page;

import adamscope.optimizer.Catalogue;
import org.teavm.classlib.ResourceSupplier;
import org.teavm.classlib.ResourceSupplierContext;

/// The texts of the shipped optimizers, which the compiled engine carries inside.
// deprecated without a successor in TeaVM 0.16
@SuppressWarnings("deprecation")
public final class RuleTexts implements ResourceSupplier {
    @Override
    public String[] supplyResources(ResourceSupplierContext context) {
        return Catalogue.NAMES.stream()
                .map(name -> "adamscope/optimizer/" + name + ".opt")
                .toArray(String[]::new);
    }
}
