import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Reads [{"schema", "values"}] from the file named; prints which values each schema accepts. */
public class Validate {
    public static void main(String[] arguments) throws Exception {
        ObjectMapper json = new ObjectMapper();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        List<List<Boolean>> accepted = new ArrayList<>();
        for (JsonNode one : json.readTree(new File(arguments[0]))) {
            Schema schema = registry.getSchema(one.get("schema"));
            List<Boolean> row = new ArrayList<>();
            for (JsonNode value : one.get("values")) row.add(schema.validate(value).isEmpty());
            accepted.add(row);
        }
        System.out.println(json.writeValueAsString(accepted));
    }
}
