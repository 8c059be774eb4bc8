using System.Text.Json.Nodes;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>A short form and a long form: which one it is follows from scalar, list or map alone.</summary>
internal sealed class EitherShape(Shape? scalar = null, Shape? list = null, Shape? map = null) : Shape
{
    public override void Check(YamlNode node, Findings findings)
    {
        var shape = node switch
        {
            YamlScalar => scalar ?? map ?? list,
            YamlList => list ?? map ?? scalar,
            _ => map ?? list ?? scalar,
        };
        shape!.Check(node, findings);
    }

    public override JsonObject ToSchema()
    {
        var forms = new JsonArray();
        foreach (var shape in new[] { scalar, list, map })
            if (shape is not null)
                forms.Add(shape.ToSchema());
        return new() { ["anyOf"] = forms };
    }
}
