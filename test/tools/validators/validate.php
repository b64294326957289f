<?php
// Reads [{"schema", "values"}] from the file named; prints which values each schema accepts.
require 'JsonSchema/autoload.php';

$cases = json_decode(file_get_contents($argv[1]));
$accepted = array_map(fn ($case) => array_map(function ($value) use ($case) {
    $validator = new JsonSchema\Validator();
    $validator->validate($value, $case->schema);
    return $validator->isValid();
}, $case->values), $cases);
echo json_encode($accepted);
