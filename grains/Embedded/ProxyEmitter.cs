using System.Reflection;
using System.Reflection.Emit;

namespace MallVip.Grains.Embedded
{
    /// <summary>
    /// Writes, once per contract, a proxy class and one request class per method: fields for the arguments, no boxing,
    /// no reflection on a call.
    /// </summary>
    internal static class ProxyEmitter
    {
        private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

        /// <exception cref="NotSupportedException">A method's shape cannot be a grain call.</exception>
        internal static Func<GrainType, string, GrainReference> Build(Type contract)
        {
            var module = DefineModule(contract);
            var proxy = module.DefineType(contract.Name + "Reference", TypeAttributes.Class, typeof(GrainReference), [contract]);
            var baseConstructor = typeof(GrainReference).GetConstructors(Hidden)[0];
            EmitConstructor(proxy, baseConstructor, [typeof(GrainType), typeof(string)]);
            foreach (var method in contract.GetInterfaces().Append(contract).SelectMany(it => it.GetMethods()))
                EmitMethod(proxy, method, EmitRequest(module, method, Check(method)));
            var constructor = proxy.CreateType().GetConstructors(Hidden)[0];
            return EmitFactory(constructor);
        }

        private static ModuleBuilder DefineModule(Type contract)
        {
            var name = new AssemblyName("MallVip.Grains.Proxies." + contract.FullName);
            var assembly = AssemblyBuilder.DefineDynamicAssembly(name, AssemblyBuilderAccess.Run);
            var attribute = typeof(System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute).GetConstructors()[0];
            var spoken = contract.GetMethods().SelectMany(it => it.GetParameters().Select(p => p.ParameterType)
                .Append(it.ReturnType).SelectMany(t => t.GetGenericArguments().Append(t)));
            var assemblies = spoken.Append(contract).Append(typeof(ProxyEmitter)).Select(it => it.Assembly).Distinct();
            foreach (var it in assemblies)
                assembly.SetCustomAttribute(new CustomAttributeBuilder(attribute, [it.GetName().Name]));
            return assembly.DefineDynamicModule("proxies");
        }

        /// <summary>The base class of the method's requests.</summary>
        private static Type Check(MethodInfo method)
        {
            var result = method.ReturnType;
            if (method.IsGenericMethod || method.GetParameters().Any(it => it.ParameterType.IsByRef))
                throw new NotSupportedException($"{Name(method)}: a grain method is not generic and takes no references.");
            if (result == typeof(Task) || result == typeof(ValueTask))
                return typeof(VoidRequest);
            var open = result.IsGenericType ? result.GetGenericTypeDefinition() : null;
            if (open == typeof(Task<>) || open == typeof(ValueTask<>))
                return typeof(Request<>).MakeGenericType(result.GetGenericArguments());
            throw new NotSupportedException($"{Name(method)}: a grain method returns a Task or a ValueTask.");
        }

        private static string Name(MethodInfo method) => $"{method.DeclaringType?.Name}.{method.Name}";

        private static ConstructorInfo EmitRequest(ModuleBuilder module, MethodInfo method, Type parent)
        {
            // The class is named for the method, so that a message can say which call it was; the suffix tells overloads apart.
            var type = module.DefineType($"{method.Name}+{method.MetadataToken:x}{method.DeclaringType!.Name}", TypeAttributes.Class | TypeAttributes.Sealed, parent);
            var arguments = method.GetParameters().Select(it => it.ParameterType).ToArray();
            var fields = arguments.Select((it, i) => type.DefineField("a" + i, it, FieldAttributes.Assembly)).ToArray();
            var constructor = EmitConstructor(type, parent.GetConstructors(Hidden)[0], arguments, fields);
            var signature = typeof(Request).GetMethod(nameof(Request.Invoke), Hidden)!;
            var invoke = type.DefineMethod(signature.Name, MethodAttributes.Assembly | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(Task), [typeof(object)]);
            var il = invoke.GetILGenerator();
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Castclass, method.DeclaringType!);
            foreach (var field in fields)
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldfld, field);
            }
            il.Emit(OpCodes.Callvirt, method);
            if (method.ReturnType.IsValueType)
                EmitConversion(il, method.ReturnType);
            il.Emit(OpCodes.Ret);
            type.DefineMethodOverride(invoke, signature);
            type.CreateType();
            return constructor;
        }

        private static void EmitConversion(ILGenerator il, Type valueTask)
        {
            var local = il.DeclareLocal(valueTask);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, valueTask.GetMethod(nameof(ValueTask.AsTask))!);
        }

        private static void EmitMethod(TypeBuilder proxy, MethodInfo method, ConstructorInfo request)
        {
            var arguments = method.GetParameters().Select(it => it.ParameterType).ToArray();
            var body = proxy.DefineMethod(Name(method), MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot, method.ReturnType, arguments);
            var il = body.GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            for (var i = 0; i < arguments.Length; i++)
                il.Emit(OpCodes.Ldarg, (short)(i + 1));
            il.Emit(OpCodes.Newobj, request);
            il.Emit(OpCodes.Ldc_I4, (int)ModeOf(method));
            il.Emit(OpCodes.Call, typeof(GrainReference).GetMethod(nameof(GrainReference.Call), Hidden)!);
            var result = method.ReturnType;
            var task = result.IsGenericType ? typeof(Task<>).MakeGenericType(result.GetGenericArguments()) : typeof(Task);
            if (task != typeof(Task))
                il.Emit(OpCodes.Castclass, task);
            if (result.IsValueType)
                il.Emit(OpCodes.Newobj, result.GetConstructor([task])!);
            il.Emit(OpCodes.Ret);
            proxy.DefineMethodOverride(body, method);
        }

        private static CallMode ModeOf(MethodInfo method) =>
            method.IsDefined(typeof(AlwaysInterleaveAttribute)) ? CallMode.Always
            : method.IsDefined(typeof(ReadOnlyAttribute)) ? CallMode.Read
            : CallMode.Write;

        private static ConstructorBuilder EmitConstructor(
            TypeBuilder type, ConstructorInfo parent, Type[] arguments, FieldBuilder[]? fields = null)
        {
            var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, arguments);
            var il = constructor.GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            for (var i = 0; fields is null && i < arguments.Length; i++)
                il.Emit(OpCodes.Ldarg, (short)(i + 1));
            il.Emit(OpCodes.Call, parent);
            for (var i = 0; fields is not null && i < fields.Length; i++)
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldarg, (short)(i + 1));
                il.Emit(OpCodes.Stfld, fields[i]);
            }
            il.Emit(OpCodes.Ret);
            return constructor;
        }

        private static Func<GrainType, string, GrainReference> EmitFactory(ConstructorInfo constructor)
        {
            var create = new DynamicMethod("Create", typeof(GrainReference), [typeof(GrainType), typeof(string)], typeof(ProxyEmitter), true);
            var il = create.GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Newobj, constructor);
            il.Emit(OpCodes.Ret);
            return create.CreateDelegate<Func<GrainType, string, GrainReference>>();
        }
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>The runtime knows this name: the assembly that bears it may use the other's internal types.</summary>
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
    {
        /// <summary>The other assembly.</summary>
        public string AssemblyName { get; } = assemblyName;
    }
}
